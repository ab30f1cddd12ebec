import io.github.cdkscalablestatelessservice.AlarmMuteRule;
import io.github.cdkscalablestatelessservice.CircuitBreakerThreshold;
import io.github.cdkscalablestatelessservice.Deployment;
import io.github.cdkscalablestatelessservice.Fault;
import io.github.cdkscalablestatelessservice.WebAcl;
import io.github.cdkscalablestatelessservice.ForecastOptions;
import io.github.cdkscalablestatelessservice.ForecastOutcome;
import io.github.cdkscalablestatelessservice.HealthCheckOptions;
import io.github.cdkscalablestatelessservice.InstanceScaling;
import io.github.cdkscalablestatelessservice.ManagedWebAclOptions;
import io.github.cdkscalablestatelessservice.RollingOptions;
import io.github.cdkscalablestatelessservice.ScalableStatelessInstances;
import io.github.cdkscalablestatelessservice.ScalableStatelessService;
import io.github.cdkscalablestatelessservice.SimpleScalingOptions;
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
import software.amazon.awscdk.services.ecs.PropagatedTagSource;
import software.amazon.awscdk.services.ecs.Tmpfs;
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
        .webAcl(WebAcl.managed(ManagedWebAclOptions.builder().requestsPerFiveMinutes(5000).build()))
        .propagateTags(PropagatedTagSource.SERVICE)
        .tmpfs(List.of(Tmpfs.builder().containerPath("/tmp").size(64).build()))
        .deployment(Deployment.rolling(
            RollingOptions.builder().circuitBreakerThreshold(CircuitBreakerThreshold.count(5)).build()))
        .alarmMuteRules(List.of(AlarmMuteRule.cron("0 2 * * SUN", Duration.hours(2))))
        .build();
    CfnOutput.Builder.create(stack, "Url").value(search.getUrl()).build();
    ScalableStatelessInstances.Builder.create(stack, "OnInstances")
        .vpc(search.getVpc())
        .scaling(InstanceScaling.simple(SimpleScalingOptions.builder()
            .scaleOutCpuUtilizationPercent(20)
            .scaleInCpuUtilizationPercent(10)
            .cooldown(Duration.minutes(2))
            .build()))
        .build();
    app.synth();

    Traffic crowd = Traffic.users(30).followedBy(Traffic.rampUsers(120, Duration.minutes(5))).hold(Duration.minutes(30));
    Workload workload = Workload.of(
        WorkloadOptions.builder().cpuPerRequest(Duration.millis(0.12)).baseLatency(Duration.millis(31)).build());
    Fault lostTask = Fault.stopTask(TaskFaultOptions.builder().at(Duration.minutes(20)).build());
    ForecastOutcome outcome = search.forecast(
        ForecastOptions.builder().traffic(crowd).workload(workload).faults(List.of(lostTask)).seeds(20).build());
    Files.writeString(Path.of(app.getOutdir(), "forecast.json"), outcome.toJson());
  }
}
