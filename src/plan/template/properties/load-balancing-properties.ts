import type { PropertyTable } from './property-table';

const HTTP = ['HTTP', 'HTTPS'];

/** What becomes of the properties of a target group. */
export const TARGET_GROUP_PROPERTIES: PropertyTable = {
  read: [
    ...['Port', 'HealthCheckPath', 'HealthCheckIntervalSeconds', 'HealthCheckTimeoutSeconds', 'HealthyThresholdCount'],
    ...['UnhealthyThresholdCount', 'Matcher.HttpCode'],
  ],
  references: [],
  withoutEffect: ['Name', 'Tags', 'VpcId', 'IpAddressType', 'ExpressMode'],
  assumed: {
    Protocol: { followed: HTTP, assumed: 'its connections are simulated as HTTP requests' },
    ProtocolVersion: { followed: ['HTTP1', 'HTTP2'], assumed: 'its calls are simulated as HTTP requests' },
    HealthCheckProtocol: { followed: HTTP, assumed: 'a target that listens passes it, as one of HTTP' },
    HealthCheckEnabled: { followed: ['true'], assumed: 'the health check is assumed' },
    HealthCheckPort: { followed: ['traffic-port'], assumed: 'the port of the requests is checked' },
    'Matcher.GrpcCode': { assumed: 'the forecast passes a health check with 200 only' },
    TargetType: { followed: ['ip', 'instance'], assumed: 'the tasks of the service are its targets' },
    Targets: { assumed: 'the tasks of the service are its only targets' },
    TargetControlPort: { assumed: 'a target gets requests without a limit of its own' },
  },
  attributes: {
    property: 'TargetGroupAttributes',
    keys: {
      read: [
        ...['deregistration_delay.timeout_seconds', 'slow_start.duration_seconds', 'load_balancing.algorithm.*', 'stickiness.enabled'],
        ...['stickiness.type', 'stickiness.lb_cookie.duration_seconds'],
      ],
      withoutEffect: ['stickiness.app_cookie.*', 'lambda.*', 'preserve_client_ip.enabled', 'proxy_protocol_v2.enabled'],
      assumed: {
        'deregistration_delay.connection_termination.enabled': {
          followed: ['false'],
          assumed: 'connections in progress end by themselves',
        },
        'load_balancing.cross_zone.enabled': {
          followed: ['true', 'use_load_balancer_configuration'],
          assumed: 'requests are spread over all zones',
        },
        'target_group_health.*': { assumed: 'requests are sent to all targets only if none is healthy' },
        'target_health_state.*': { assumed: 'connections to an unhealthy target end by themselves' },
        'target_failover.*': { assumed: 'connections stay with their target' },
      },
    },
  },
};

/** What becomes of the properties of a load balancer. */
export const LOAD_BALANCER_PROPERTIES: PropertyTable = {
  read: ['Subnets', 'SubnetMappings.SubnetId', 'Scheme', 'Type'],
  references: [],
  withoutEffect: [
    ...['Name', 'Tags', 'SecurityGroups', 'IpAddressType', 'EnablePrefixForIpv6SourceNat', 'Ipv4IpamPoolId'],
    ...['SubnetMappings.AllocationId', 'SubnetMappings.IPv6Address', 'SubnetMappings.PrivateIPv4Address'],
    ...['SubnetMappings.SourceNatIpv6Prefix', 'EnableCapacityReservationProvisionStabilize'],
    'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic',
  ],
  assumed: { MinimumLoadBalancerCapacity: { assumed: 'it scales with the load, and the price of reserved capacity is left out' } },
  attributes: {
    property: 'LoadBalancerAttributes',
    keys: {
      read: ['idle_timeout.timeout_seconds'],
      withoutEffect: [
        ...['access_logs.*', 'connection_logs.*', 'health_check_logs.*', 'deletion_protection.enabled', 'ipv6.*', 'routing.http.*'],
        ...['routing.http2.enabled', 'waf.*', 'zonal_shift.*', 'dns_record.*', 'secondary_ips.*'],
      ],
      assumed: {
        'client_keep_alive.seconds': { followed: ['3600'], assumed: 'connections of clients are kept for an hour' },
        'load_balancing.cross_zone.enabled': { followed: ['true'], assumed: 'requests are spread over all zones' },
      },
    },
  },
};
