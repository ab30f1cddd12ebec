import com.sun.net.httpserver.*;
public class jdk { public static void main(String[] a) throws Exception {
  var s = HttpServer.create(new java.net.InetSocketAddress(Integer.parseInt(System.getenv("PORT"))), 0);
  s.setExecutor(java.util.concurrent.Executors.newFixedThreadPool(16));
  s.createContext("/", x -> { if (x.getRequestURI().getPath().equals("/slow")) try { Thread.sleep(2000); } catch (Exception e) {} var b = "ok".getBytes(); x.sendResponseHeaders(200, b.length); x.getResponseBody().write(b); x.close(); });
  s.start(); } }
