use actix_web::{web, App, HttpServer};
#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let port: u16 = std::env::var("PORT").unwrap().parse().unwrap();
    let long = std::env::args().nth(1).as_deref() == Some("keep-alive-65");
    let s = HttpServer::new(|| App::new().route("/", web::get().to(|| async { "hello" })).route("/health", web::get().to(|| async { "ok" }))
        .route("/slow", web::get().to(|| async { actix_web::rt::time::sleep(std::time::Duration::from_secs(2)).await; "slow" }))).workers(1);
    let s = if long { s.keep_alive(std::time::Duration::from_secs(65)) } else { s };
    s.bind(("0.0.0.0", port))?.run().await
}
