import io.github.cdkscalablestatelessservice.Fault;
import io.github.cdkscalablestatelessservice.Firewall;
import io.github.cdkscalablestatelessservice.ForecastOptions;
import io.github.cdkscalablestatelessservice.ForecastOutcome;
import io.github.cdkscalablestatelessservice.HealthCheckOptions;
import io.github.cdkscalablestatelessservice.ManagedFirewallOptions;
import io.github.cdkscalablestatelessservice.ScalableStatelessService;
import io.github.cdkscalablestatelessservice.TaskFaultOptions;
import io.github.cdkscalablestatelessservice.Traffic;
import io.github.cdkscalablestatelessservice.Workload;
import io.github.cdkscalablestatelessservice.WorkloadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.logs.RetentionDays;

/** The service as a Java project writes it, and its forecast beside the template. */
public final class Shop {
  public static void main(String[] arguments) throws IOException {
    App app = new App();
    Stack stack = new Stack(app, "Shop");
    ScalableStatelessService search = ScalableStatelessService.Builder.create(stack, "Search")
        .targetCpuUtilizationPercent(70)
        .requestsPerSecondPerTask(1500)
        .scaleOutCooldown(Duration.seconds(180))
        .environment(Map.of("LOG_LEVEL", "warn"))
        .healthCheck(HealthCheckOptions.builder().interval(Duration.seconds(20)).build())
        .logRetention(RetentionDays.ONE_WEEK)
        .firewall(Firewall.managed(ManagedFirewallOptions.builder().requestsPerFiveMinutes(5000).build()))
        .build();
    CfnOutput.Builder.create(stack, "Url").value(search.getUrl()).build();
    app.synth();

    Traffic crowd = Traffic.users(30).then(Traffic.rampUsers(120, Duration.minutes(5))).hold(Duration.minutes(30));
    Workload workload = Workload.measured(
        WorkloadOptions.builder().cpuPerRequest(Duration.millis(0.12)).baseLatency(Duration.millis(31)).build());
    Fault lostTask = Fault.stopTask(TaskFaultOptions.builder().at(Duration.minutes(20)).build());
    ForecastOutcome outcome = search.forecast(
        ForecastOptions.builder().traffic(crowd).workload(workload).faults(List.of(lostTask)).seeds(20).build());
    Files.writeString(Path.of(app.getOutdir(), "forecast.json"), outcome.toJson());
  }
}
