use warp::Filter;
#[tokio::main]
async fn main() {
    let slow = warp::path("slow").then(|| async { tokio::time::sleep(std::time::Duration::from_secs(2)).await; "slow" });
    let port: u16 = std::env::var("PORT").unwrap().parse().unwrap();
    warp::serve(slow.or(warp::path("health").map(|| "ok")).or(warp::path::end().map(|| "hello"))).run(([0, 0, 0, 0], port)).await;
}
