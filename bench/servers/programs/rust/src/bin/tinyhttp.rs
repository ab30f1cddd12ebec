fn main() {
    let s = std::sync::Arc::new(tiny_http::Server::http(format!("0.0.0.0:{}", std::env::var("PORT").unwrap())).unwrap());
    let ts: Vec<_> = (0..8).map(|_| { let s = s.clone(); std::thread::spawn(move || loop {
        let r = s.recv().unwrap(); if r.url() == "/slow" { std::thread::sleep(std::time::Duration::from_secs(2)); }
        let _ = r.respond(tiny_http::Response::from_string("ok")); }) }).collect();
    for t in ts { t.join().unwrap(); }
}
