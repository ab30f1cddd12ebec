// The service as a Go project writes it, and its forecast beside the template.
package main

import (
	"os"
	"path/filepath"

	cdk "github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/jsii-runtime-go"
	service "github.com/cdk-scalable-stateless-service/cdk-scalable-stateless-service-go/scalablestatelessservice"
)

func main() {
	defer jsii.Close()

	app := cdk.NewApp(nil)
	stack := cdk.NewStack(app, jsii.String("Shop"), nil)
	search := service.NewScalableStatelessService(stack, jsii.String("Search"), &service.ScalableStatelessServiceProps{
		TargetCpuUtilizationPercent: jsii.Number(70),
		RequestsPerSecondPerTask:    jsii.Number(1500),
		ScaleOutCooldown:            cdk.Duration_Seconds(jsii.Number(180)),
		Environment:                 &map[string]*string{"LOG_LEVEL": jsii.String("warn")},
		HealthCheck:                 &service.HealthCheckOptions{Interval: cdk.Duration_Seconds(jsii.Number(20))},
		LogRetention:                awslogs.RetentionDays_ONE_WEEK,
		WebAcl:                      service.WebAcl_Managed(&service.ManagedWebAclOptions{RequestsPerFiveMinutes: jsii.Number(5000)}),
		PropagateTags:               awsecs.PropagatedTagSource_SERVICE,
		Tmpfs:                       &[]*awsecs.Tmpfs{{ContainerPath: jsii.String("/tmp"), Size: jsii.Number(64)}},
		Deployment: service.Deployment_Rolling(&service.RollingOptions{
			CircuitBreakerThreshold: service.CircuitBreakerThreshold_Count(jsii.Number(5)),
		}),
		AlarmMuteRules: &[]service.AlarmMuteRule{
			service.AlarmMuteRule_Cron(jsii.String("0 2 * * SUN"), cdk.Duration_Hours(jsii.Number(2)), nil),
		},
	})
	cdk.NewCfnOutput(stack, jsii.String("Url"), &cdk.CfnOutputProps{Value: search.Url()})
	service.NewScalableStatelessInstances(stack, jsii.String("OnInstances"), &service.ScalableStatelessInstancesProps{
		Vpc: search.Vpc(),
		Scaling: service.InstanceScaling_Simple(&service.SimpleScalingOptions{
			ScaleOutCpuUtilizationPercent: jsii.Number(20),
			ScaleInCpuUtilizationPercent:  jsii.Number(10),
			Cooldown:                      cdk.Duration_Minutes(jsii.Number(2)),
		}),
	})
	app.Synth(nil)

	crowd := service.Traffic_Users(jsii.Number(30), nil).
		FollowedBy(service.Traffic_RampUsers(jsii.Number(120), cdk.Duration_Minutes(jsii.Number(5)))).
		Hold(cdk.Duration_Minutes(jsii.Number(30)))
	outcome := search.Forecast(&service.ForecastOptions{
		Traffic: crowd,
		Workload: service.Workload_Of(&service.WorkloadOptions{
			CpuPerRequest: cdk.Duration_Millis(jsii.Number(0.12)),
			BaseLatency:   cdk.Duration_Millis(jsii.Number(31)),
		}),
		Faults: &[]service.Fault{service.Fault_StopTask(&service.TaskFaultOptions{At: cdk.Duration_Minutes(jsii.Number(20))})},
		Seeds:  jsii.Number(20),
	})
	if err := os.WriteFile(filepath.Join(*app.Outdir(), "forecast.json"), []byte(*outcome.ToJson()), 0o644); err != nil {
		panic(err)
	}
}
