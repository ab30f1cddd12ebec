/** What an attribute may be: a range of whole numbers, or some words; undefined for any text. */
export interface AttributeRule {
  readonly range?: readonly [number, number];
  /** Beside the range. */
  readonly words?: readonly string[];
}

type Rules = Readonly<Record<string, AttributeRule>>;

const SWITCH: AttributeRule = { words: ['true', 'false'] };
const TEXT: AttributeRule = {};
const WEEK_SECONDS = 604_800;

const OF_ALL: Rules = {
  'deletion_protection.enabled': SWITCH,
  'load_balancing.cross_zone.enabled': SWITCH,
};

const OF_APPLICATION_AND_NETWORK: Rules = {
  ...OF_ALL,
  'access_logs.s3.enabled': SWITCH,
  'access_logs.s3.bucket': TEXT,
  'access_logs.s3.prefix': TEXT,
  'ipv6.deny_all_igw_traffic': SWITCH,
  'zonal_shift.config.enabled': SWITCH,
};

/**
 * The attributes of load balancers by type.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 */
export const LOAD_BALANCER_ATTRIBUTES: Readonly<Record<string, Rules>> = {
  application: {
    ...OF_APPLICATION_AND_NETWORK,
    'idle_timeout.timeout_seconds': { range: [1, 4000] },
    'client_keep_alive.seconds': { range: [60, WEEK_SECONDS] },
    'connection_logs.s3.enabled': SWITCH,
    'connection_logs.s3.bucket': TEXT,
    'connection_logs.s3.prefix': TEXT,
    'health_check_logs.s3.enabled': SWITCH,
    'health_check_logs.s3.bucket': TEXT,
    'health_check_logs.s3.prefix': TEXT,
    'routing.http.desync_mitigation_mode': { words: ['monitor', 'defensive', 'strictest'] },
    'routing.http.drop_invalid_header_fields.enabled': SWITCH,
    'routing.http.preserve_host_header.enabled': SWITCH,
    'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': SWITCH,
    'routing.http.xff_client_port.enabled': SWITCH,
    'routing.http.xff_header_processing.mode': { words: ['append', 'preserve', 'remove'] },
    'routing.http2.enabled': SWITCH,
    'waf.fail_open.enabled': SWITCH,
  },
  network: {
    ...OF_APPLICATION_AND_NETWORK,
    'dns_record.client_routing_policy': {
      words: ['availability_zone_affinity', 'partial_availability_zone_affinity', 'any_availability_zone'],
    },
    'secondary_ips.auto_assigned.per_subnet': { range: [0, 7] },
  },
  gateway: OF_ALL,
};

/**
 * The attributes of target groups.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
 */
export const TARGET_GROUP_ATTRIBUTES: Rules = {
  'deregistration_delay.timeout_seconds': { range: [0, 3600] },
  'deregistration_delay.connection_termination.enabled': SWITCH,
  'stickiness.enabled': SWITCH,
  'stickiness.type': { words: ['lb_cookie', 'app_cookie', 'source_ip', 'source_ip_dest_ip', 'source_ip_dest_ip_proto'] },
  'stickiness.app_cookie.cookie_name': TEXT,
  'stickiness.app_cookie.duration_seconds': { range: [1, WEEK_SECONDS] },
  'stickiness.lb_cookie.duration_seconds': { range: [1, WEEK_SECONDS] },
  'load_balancing.cross_zone.enabled': { words: ['true', 'false', 'use_load_balancer_configuration'] },
  'load_balancing.algorithm.type': { words: ['round_robin', 'least_outstanding_requests', 'weighted_random'] },
  'load_balancing.algorithm.anomaly_mitigation': { words: ['on', 'off'] },
  'slow_start.duration_seconds': { range: [30, 900], words: ['0'] },
  'target_group_health.dns_failover.minimum_healthy_targets.count': TEXT,
  'target_group_health.dns_failover.minimum_healthy_targets.percentage': { range: [1, 100], words: ['off'] },
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': TEXT,
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': { range: [1, 100], words: ['off'] },
  'lambda.multi_value_headers.enabled': SWITCH,
  'preserve_client_ip.enabled': SWITCH,
  'proxy_protocol_v2.enabled': SWITCH,
  'target_health_state.unhealthy.connection_termination.enabled': SWITCH,
  'target_health_state.unhealthy.draining_interval_seconds': { range: [0, 360_000] },
  'target_failover.on_deregistration': { words: ['rebalance', 'no_rebalance'] },
  'target_failover.on_unhealthy': { words: ['rebalance', 'no_rebalance'] },
};

/** What a value must be; undefined where it is, or where only deployment knows it. */
export function brokenRule({ range, words = [] }: AttributeRule, text: string | undefined): string | undefined {
  if (text === undefined || (range === undefined && words.length === 0) || words.includes(text)) return undefined;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (range !== undefined && Number.isInteger(number) && number >= range[0] && number <= range[1]) return undefined;
  const allowed = range === undefined ? words : [`a whole number from ${range[0]} to ${range[1]}`, ...words];
  return allowed.join(' or ');
}

/** The known key that a wrong one resembles most. */
export function similarKey(key: string, keys: readonly string[]): string {
  const words = new Set(partsOf(key));
  const shared = (known: string): number => partsOf(known).filter((part) => words.has(part)).length / partsOf(known).length;
  return [...keys].sort((a, b) => shared(b) - shared(a) || a.localeCompare(b))[0]!;
}

function partsOf(key: string): string[] {
  return key.toLowerCase().split(/[^a-z0-9]+/);
}
