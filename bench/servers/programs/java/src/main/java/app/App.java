package app;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.*;
@SpringBootApplication @RestController
public class App {
  public static void main(String[] a) { SpringApplication.run(App.class, a); }
  @GetMapping("/") String root() { return "hello"; }
  @GetMapping("/health") String health() { return "ok"; }
  @GetMapping("/slow") String slow() throws Exception { Thread.sleep(2000); return "slow"; }
}
