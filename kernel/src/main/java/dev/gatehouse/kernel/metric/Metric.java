package dev.gatehouse.kernel.metric;

import static dev.gatehouse.kernel.metric.MetricType.COUNTER;
import static dev.gatehouse.kernel.metric.MetricType.GAUGE;
import static dev.gatehouse.kernel.metric.MetricType.HISTOGRAM;
import static dev.gatehouse.kernel.metric.MetricType.INFO;

import java.util.List;
import java.util.Locale;

/**
 * The catalogue of everything that Gatehouse measures: name, type, labels and one sentence.
 *
 * <p>The constant is the name: lower case, with the product's prefix unless it has another's, and
 * the suffix of the type. Label values come from closed sets or from the operator's own
 * configuration and host, never from a request.
 */
public enum Metric {
  // the process and its ops listener
  BUILD(INFO, "The version that runs.", "version", "jdk"),
  OPS_REQUESTS(COUNTER, "Requests to the ops listener.", "path", "code"),
  CONTROL_REQUESTS(COUNTER, "Calls on the control socket.", "method", "code"),
  OPS_SCRAPE_ERRORS(COUNTER, "Scrapes that failed.", "cause"),
  OPS_UNEXPECTED_LISTENERS(GAUGE, "Own sockets that listen without being intended."),
  OPS_BOOT_CHECK(GAUGE, "1 for a boot check that passed, 0 for one warned or skipped.", "check"),

  // admission and certificates
  LISTENER_CONNECTIONS(
      GAUGE, "Open connections of a listener.", "listener", "service", "remote_scope"),
  LISTENER_ACCEPTED(COUNTER, "Connections that a listener accepted.", "listener", "service"),
  LISTENER_REFUSED(
      COUNTER, "Connections kept from their service.", "listener", "service", "reason"),
  LISTENER_MAX_CONNECTIONS(GAUGE, "Most connections of a listener, 0 without limit.", "listener"),
  PROXY_PROTOCOL_HEADERS(
      COUNTER, "PROXY headers received and believed.", "listener", "version", "command"),
  PROXY_PROTOCOL_ERRORS(
      COUNTER, "Connections that ended for want of a PROXY header.", "listener", "reason"),
  FIREWALL_BLOCKED(COUNTER, "Connections and datagrams that the firewall refused.", "reason"),
  FIREWALL_RULES(GAUGE, "Rules of the firewall.", "type"),
  FIREWALL_RATE_TRACKED(GAUGE, "Clients in the table of the rate limit."),
  FIREWALL_RATE_EVICTIONS(COUNTER, "Clients forgotten because that table was full."),
  FIREWALL_GEOIP_BUILD_TIMESTAMP_SECONDS(
      GAUGE, "When the country data was built, in seconds since 1970."),
  FIREWALL_GEOIP_RELOADS(COUNTER, "Attempts to load changed country data.", "result"),
  TLS_CERTIFICATE_NOT_AFTER_SECONDS(
      GAUGE, "When a certificate expires, in seconds since 1970.", "service", "name"),
  TLS_CERTIFICATE_PROBLEMS(
      GAUGE, "1 for what is wrong with a certificate, 0 else.", "service", "name", "problem"),
  TLS_CERTIFICATE_RELOADS(
      COUNTER, "Attempts to load a changed certificate.", "service", "name", "result"),
  TLS_CERTIFICATE_RENEWALS(
      COUNTER, "Orders of a certificate from an authority.", "service", "outcome"),
  TLS_HANDSHAKE_FAILURES(COUNTER, "TLS handshakes that failed.", "service", "cause"),

  // the proxy, up to the choice of a route
  PROXY_HELLO(COUNTER, "What the first bytes of connections were.", "listener", "outcome"),
  PROXY_HELLO_SIZE_BYTES(Buckets.HELLOS, "Size of the ClientHellos that were read.", "listener"),
  PROXY_UNROUTED(COUNTER, "Hellos for which there was no route.", "listener", "reason"),

  // the proxy, from a route to the end
  PROXY_CONNECTIONS(GAUGE, "Open connections of a route.", "listener", "route", "mode"),
  PROXY_ROUTED(COUNTER, "Connections that got a route.", "listener", "route", "mode"),
  PROXY_CONNECTION_DURATION_SECONDS(Buckets.LIFETIMES, "From accept to close.", "mode"),
  PROXY_CLOSED(COUNTER, "Routed connections by what ended them.", "listener", "route", "cause"),
  PROXY_BYTES(COUNTER, "Bytes received from one side.", "listener", "route", "direction"),
  PROXY_DIAL_DURATION_SECONDS(Buckets.WAITS, "Dials that succeeded.", "listener", "route"),
  PROXY_DIAL_FAILURES(COUNTER, "Dials that failed.", "listener", "route", "cause"),
  PROXY_BACKEND_UP(
      GAUGE,
      "1 for a backend that took its last connection, 0 for one that did not.",
      "listener",
      "route",
      "backend"),
  PROXY_SPLICED_CONNECTIONS(GAUGE, "Connections whose bytes stay in the kernel."),
  PROXY_SPLICE_FALLBACKS(COUNTER, "Connections that had to be copied instead.", "reason"),

  // the proxy, where it speaks TLS and HTTP itself
  PROXY_TLS_HANDSHAKES(
      COUNTER, "TLS handshakes that were completed.", "listener", "route", "version", "resumed"),
  PROXY_TLS_HANDSHAKE_FAILURES(
      COUNTER, "TLS handshakes that failed.", "listener", "route", "cause"),
  PROXY_TLS_HANDSHAKE_DURATION_SECONDS(
      Buckets.WAITS, "From the ClientHello to the end of the handshake.", "listener"),
  PROXY_REQUESTS(COUNTER, "Requests that were read.", "listener", "route", "protocol"),
  PROXY_REQUESTS_ACTIVE(GAUGE, "Requests that are not answered yet.", "listener", "route"),
  PROXY_RESPONSES(
      COUNTER, "Responses by status and by who made them.", "listener", "route", "code", "origin"),
  PROXY_REQUEST_DURATION_SECONDS(
      Buckets.WAITS, "From the head of a request to the end of its response.", "listener", "route"),
  PROXY_REQUESTS_REFUSED(COUNTER, "Requests that are not served.", "listener", "reason"),
  PROXY_POLICY_BLOCKED(COUNTER, "Requests that policies refused.", "listener", "route", "type"),
  PROXY_HEADERS_DROPPED(COUNTER, "Fields of requests that do not travel on.", "listener", "reason"),
  PROXY_RETRIES(COUNTER, "Requests that were sent once more.", "listener", "route", "reason"),
  PROXY_POOL_CONNECTIONS(GAUGE, "Connections to HTTP backends.", "listener", "route", "state"),
  PROXY_POOL_OPENED(COUNTER, "Connections to HTTP backends that were made.", "listener", "route"),
  PROXY_POOL_REUSED(COUNTER, "Times that one was used again.", "listener", "route"),
  PROXY_POOL_DISCARDED(
      COUNTER, "Connections that are not used again.", "listener", "route", "reason"),
  PROXY_BACKEND_PROTOCOL(
      GAUGE, "1 for what backends turned out to speak.", "listener", "route", "protocol"),
  PROXY_H2_ABUSE(COUNTER, "HTTP/2 clients that did too much of something.", "listener", "kind"),
  ROUTES(GAUGE, "Routes of a listener.", "listener", "mode"),
  L7_POLICIES(GAUGE, "Policies of a route.", "listener", "route"),
  STORE_WRITES(COUNTER, "Changes of the database.", "operation", "result"),
  STORE_WRITE_DURATION_SECONDS(Buckets.WAITS, "From the edit to its commit."),
  CONFIG_DRIFT(GAUGE, "Differences between the configuration file and the database.", "kind"),
  ACCESS_LOG_DROPPED(COUNTER, "Lines that the access log lost to a full queue."),

  // the relay
  RELAY_CONNECTED_BINARIES(GAUGE, "Binaries that hold a server-id, those in grace left out."),
  RELAY_GRACED_BINARIES(GAUGE, "Server-ids whose binary is away and may come back."),
  RELAY_CONNECTED_PHONES(GAUGE, "Phones of all server-ids."),
  RELAY_CONNECTIONS(GAUGE, "WebSocket connections that take a place."),
  RELAY_CONNECTIONS_LIMIT(GAUGE, "Places for WebSocket connections."),
  RELAY_PENDING_CONNECTIONS(GAUGE, "Connections that are not upgraded yet."),
  RELAY_FRAMES_FORWARDED(COUNTER, "Messages that were written whole.", "direction"),
  RELAY_FORWARDED_BYTES(COUNTER, "Bytes of inner messages that were written.", "direction"),
  RELAY_FRAMES_DROPPED(COUNTER, "Messages that were not delivered.", "direction", "reason"),
  RELAY_GRACE_EXPIRIES(COUNTER, "Server-ids given up since no binary came back."),
  RELAY_WS_UPGRADE_ATTEMPTS(
      COUNTER, "Attempts to connect by how they were decided.", "endpoint", "outcome"),
  RELAY_REGISTER_FAILURES(COUNTER, "Attempts to connect that failed.", "kind"),
  RELAY_CONNECTIONS_CLOSED(
      COUNTER, "WebSocket connections by what ended them.", "endpoint", "cause"),
  RELAY_CONFLICT_PROBES(COUNTER, "Questions whether a binary still lives.", "result"),
  RELAY_TAKEOVERS(COUNTER, "Server-ids taken from a binary that was silent."),
  RELAY_RECLAIMS(COUNTER, "Server-ids taken back in grace."),
  RELAY_CLOSE_NOTICES(COUNTER, "Notices to binaries that a phone has gone.", "outcome"),
  RELAY_OUTBOX_BYTES(GAUGE, "Bytes charged to phones that read slowly."),
  RELAY_OUTBOX_LIMIT_BYTES(GAUGE, "Bytes beyond which each phone may be charged less."),
  RELAY_PAUSED_PHONES(GAUGE, "Phones that are not read since their binary is slow."),
  RELAY_FORWARD_DURATION_SECONDS(
      Buckets.FORWARDS, "From the last byte of a message to its write.", "direction"),
  RELAY_PING_RTT_SECONDS(Buckets.ROUND_TRIPS, "From a ping to the next frame.", "endpoint"),
  RELAY_PUSH_WAKES(COUNTER, "Wakes by what became of them.", "outcome"),
  RELAY_PUSH_REFUSED(COUNTER, "Wakes that were not sent.", "reason"),
  RELAY_PUSH_DURATION_SECONDS(Buckets.WAITS, "From a wake to its outcome.", "outcome"),
  RELAY_PUSH_IN_FLIGHT(GAUGE, "Wakes on their way."),
  RELAY_RATE_LIMITER_KEYS(GAUGE, "Clients that the limit of upgrades remembers."),
  RELAY_DRAINING(GAUGE, "1 while nobody may connect any more."),

  // the relay, for dashboards of its predecessor
  PYRYCODE_RELAY_CONNECTED_BINARIES(GAUGE, "Binaries, as the predecessor told of them."),
  PYRYCODE_RELAY_CONNECTED_PHONES(GAUGE, "Phones, as the predecessor told of them."),
  PYRYCODE_RELAY_FRAMES_FORWARDED(
      COUNTER, "Messages, as the predecessor told of them.", "direction"),
  PYRYCODE_RELAY_GRACE_EXPIRIES(COUNTER, "Given up server-ids, as the predecessor told of them."),
  PYRYCODE_RELAY_WS_UPGRADE_ATTEMPTS(
      COUNTER, "Attempts to connect, as the predecessor told of them.", "endpoint", "outcome"),
  PYRYCODE_RELAY_REGISTER_FAILURES(
      COUNTER, "Attempts that failed, as the predecessor told of them.", "kind"),
  PYRYCODE_RELAY_PUSH_WAKES(COUNTER, "Wakes, as the predecessor told of them.", "outcome"),

  // the tracker's requests
  TRACKER_REQUESTS(
      COUNTER, "Requests handled.", "listener", "protocol", "action", "address_family", "error"),
  TRACKER_RESPONSE_DURATION_SECONDS(
      Buckets.ANSWERS, "From receipt to answer.", "protocol", "action", "address_family", "error"),
  TRACKER_ANNOUNCE_EVENTS(COUNTER, "Announces by what they tell.", "protocol", "event"),
  TRACKER_PEERS_RETURNED(COUNTER, "Peers in answers.", "protocol", "address_family"),
  TRACKER_DROPPED(COUNTER, "Datagrams that got no answer.", "protocol", "reason"),
  TRACKER_REAL_IP(COUNTER, "Where the addresses of HTTP clients came from.", "outcome"),
  TRACKER_UDP_DATAGRAMS(COUNTER, "Datagrams of a listener.", "listener", "direction"),
  TRACKER_UDP_BYTES(COUNTER, "Bytes in datagrams of a listener.", "listener", "direction"),
  TRACKER_UDP_BATCH_SIZE(Buckets.BATCHES, "Datagrams that one call received.", "listener"),
  TRACKER_UDP_RECEIVE_DROPS(
      COUNTER, "Datagrams lost because the kernel's buffer was full.", "listener"),
  TRACKER_UDP_SEND_ERRORS(COUNTER, "Answers that could not be sent.", "listener", "reason"),
  TRACKER_THROTTLED_ADDRESSES(GAUGE, "Addresses that a limit refuses now.", "limit"),
  TRACKER_PENDING_WRITES(GAUGE, "Requests whose hooks or changes are under way."),
  TRACKER_WRITES_DROPPED(COUNTER, "Changes of swarms that were given up."),

  // the tracker's swarms
  TRACKER_STORAGE_INFOHASHES_COUNT(GAUGE, "Torrents that somebody is in."),
  TRACKER_STORAGE_SEEDERS_COUNT(GAUGE, "Seeders of all torrents."),
  TRACKER_STORAGE_LEECHERS_COUNT(GAUGE, "Leechers of all torrents."),
  TRACKER_STORAGE_PEERS(GAUGE, "Peers of all torrents.", "address_family"),
  TRACKER_STORAGE_DOWNLOADS(COUNTER, "Completions that were counted here."),
  TRACKER_STORAGE_GC_DURATION_SECONDS(Buckets.ANSWERS, "Time of a collection."),
  TRACKER_STORAGE_GC_REMOVED(COUNTER, "What collections took out.", "kind"),
  TRACKER_STORAGE_GC_LAST_TIMESTAMP_SECONDS(
      GAUGE, "When the last collection ended, in seconds since 1970."),
  TRACKER_STORAGE_UP(GAUGE, "1 while the store can be reached.", "storage"),
  TRACKER_STORAGE_REJECTED(COUNTER, "Peers for which there was no room.", "reason"),
  TRACKER_SWARMS(GAUGE, "Torrents by how many peers they have.", "size"),
  TRACKER_CLIENT_PEERS(GAUGE, "Peers by what software they are.", "client"),

  // the tracker's hooks and rules
  TRACKER_HASH_RULES(GAUGE, "Torrents that operators allow or deny.", "verdict"),
  TRACKER_HOOK_REFUSALS(COUNTER, "Requests that a hook refused.", "hook", "position"),
  TRACKER_HOOK_DURATION_SECONDS(
      Buckets.ANSWERS, "From the question to a hook to its answer.", "hook", "position"),
  TRACKER_APPROVAL_HASHES(GAUGE, "Hashes on a list of torrents.", "hook"),
  TRACKER_APPROVAL_SCAN_ERRORS(COUNTER, "Sources of a list that could not be read.", "hook"),
  TRACKER_APPROVAL_LAST_SCAN_TIMESTAMP_SECONDS(
      GAUGE, "When a list was last read, in seconds since 1970.", "hook"),
  TRACKER_JWKS_KEYS(GAUGE, "Keys that tokens are checked with.", "hook"),
  TRACKER_JWKS_ERRORS(COUNTER, "Fetches of those keys that failed.", "hook"),

  // open files of the process, as the budget of admission counts them
  OPEN_FILES(GAUGE, "Descriptors that connections hold."),
  MAX_FILES(GAUGE, "Descriptors that connections may hold."),

  // listening sockets
  NETSTAT_LISTENING_PORTS(
      GAUGE, "1 for each distinct listening tuple.", "proto", "port", "family", "scope", "process"),
  NETSTAT_LISTENING_SOCKET(
      INFO,
      "The detail of a listening socket.",
      "proto",
      "port",
      "family",
      "scope",
      "process",
      "address",
      "interface",
      "v6only",
      "uid",
      "unit",
      "container",
      "netns"),
  NETSTAT_LISTENING_SOCKETS(GAUGE, "Listening sockets, before any cap.", "proto", "scope"),
  NETSTAT_LISTENING_OWNERS(GAUGE, "Listening sockets by how their owner is known.", "resolution"),
  NETSTAT_ROOT_LISTENERS(GAUGE, "Listening sockets whose owner is root.", "proto", "scope"),
  NETSTAT_SERIES_TRUNCATED(GAUGE, "Tuples that the cap left out.", "metric"),
  NETSTAT_ACCEPT_QUEUE_LENGTH(
      GAUGE,
      "Connections that wait in the fullest accept queue.",
      "port",
      "family",
      "scope",
      "process"),
  NETSTAT_ACCEPT_QUEUE_LIMIT(
      GAUGE, "Size of the fullest accept queue.", "port", "family", "scope", "process"),
  NETSTAT_UDP_LISTENER_DROPS(
      COUNTER, "Datagrams dropped at a socket that listens.", "port", "family", "scope", "process"),
  NETSTAT_UDP_LISTENER_QUEUE_BYTES(
      GAUGE, "Bytes that wait in the fullest socket.", "port", "family", "scope", "process"),
  NETSTAT_UDP_LISTENER_QUEUE_LIMIT_BYTES(
      GAUGE, "Receive buffer of the fullest socket.", "port", "family", "scope", "process"),

  // connections
  NETSTAT_TCP_CONNECTIONS(
      GAUGE,
      "TCP sockets by state and by how far their peer is.",
      "state",
      "direction",
      "remote_scope"),
  NETSTAT_TCP_CONNECTIONS_BY_PORT(GAUGE, "Inbound TCP sockets of a listening port.", "port"),

  // the socket reader
  NETSTAT_LAST_SCAN_TIMESTAMP_SECONDS(GAUGE, "When the listeners were last scanned completely."),
  NETSTAT_SOURCE(GAUGE, "1 for the socket reader in use.", "source", "proto", "family"),
  NETSTAT_SCAN_ERRORS(COUNTER, "Socket queries that failed.", "proto", "family", "source"),
  NETSTAT_SCAN_TIMEOUTS(COUNTER, "Socket queries that ran out of time."),
  NETSTAT_SCAN_INCONSISTENT(COUNTER, "Socket dumps that changed while they were read."),
  NETSTAT_ROWS_MALFORMED(COUNTER, "Rows of the socket table that could not be read."),
  NETSTAT_OWNER_WALKS(COUNTER, "Full walks over the descriptors of all processes."),
  NETSTAT_OWNER_WALK_SECONDS(COUNTER, "Time spent in walks over descriptors."),
  NETSTAT_NAMESPACES(GAUGE, "Network namespaces scanned, the own one included."),

  // drift of the exposure
  WATCH_DRIFT(GAUGE, "Listeners that differ from what is expected, before the cap.", "kind"),
  WATCH_DRIFT_LISTENER(
      GAUGE, "1 for each listener in drift.", "kind", "proto", "port", "scope", "process"),
  WATCH_DRIFT_EVENTS(COUNTER, "Drifts that began.", "kind"),
  WATCH_LISTENER_CHANGES(COUNTER, "Listeners that came, went or changed hands.", "change", "scope"),

  // kernel counters of TCP, both families
  NETSTAT_TCP_IN_SEGS(COUNTER, "TCP segments received."),
  NETSTAT_TCP_OUT_SEGS(COUNTER, "TCP segments sent, retransmitted ones included."),
  NETSTAT_TCP_RETRANSMITS(COUNTER, "TCP segments sent again."),
  NETSTAT_TCP_IN_ERRS(COUNTER, "TCP segments received in error."),
  NETSTAT_TCP_OUT_RSTS(COUNTER, "TCP resets sent."),
  NETSTAT_TCP_ACTIVE_OPENS(COUNTER, "TCP connections begun by this host."),
  NETSTAT_TCP_PASSIVE_OPENS(COUNTER, "TCP connections begun by peers."),
  NETSTAT_TCP_ATTEMPT_FAILS(COUNTER, "TCP connections that failed while opening."),
  NETSTAT_TCP_ESTAB_RESETS(COUNTER, "Established TCP connections that were reset."),
  NETSTAT_TCP_CURR_ESTAB(GAUGE, "TCP connections that are established."),
  NETSTAT_TCP_IN_CSUM_ERRORS(COUNTER, "TCP segments with a wrong checksum."),
  NETSTAT_TCP_LISTEN_OVERFLOWS(COUNTER, "Connections lost at a full accept queue."),
  NETSTAT_TCP_LISTEN_DROPS(COUNTER, "Connections lost at a listener for any reason."),
  NETSTAT_TCP_SYNCOOKIES_SENT(COUNTER, "SYN cookies sent."),
  NETSTAT_TCP_BACKLOG_DROP(COUNTER, "TCP segments dropped at a full socket backlog."),
  NETSTAT_TCP_TIMEOUTS(COUNTER, "Retransmission timers that expired."),
  NETSTAT_TCP_SYN_RETRANS(COUNTER, "SYN segments sent again."),
  NETSTAT_TCP_ABORT_ON_MEMORY(COUNTER, "TCP connections aborted for lack of memory."),

  // kernel counters of UDP and IP, IPv4 only
  NETSTAT_UDP_IN_DATAGRAMS(COUNTER, "IPv4 datagrams delivered."),
  NETSTAT_UDP_OUT_DATAGRAMS(COUNTER, "IPv4 datagrams sent."),
  NETSTAT_UDP_NO_PORTS(COUNTER, "IPv4 datagrams to a port where nobody listens."),
  NETSTAT_UDP_IN_ERRORS(COUNTER, "IPv4 datagrams that could not be delivered."),
  NETSTAT_UDP_RCVBUF_ERRORS(COUNTER, "IPv4 datagrams lost at a full receive buffer."),
  NETSTAT_UDP_SNDBUF_ERRORS(COUNTER, "IPv4 datagrams lost at a full send buffer."),
  NETSTAT_UDP_IN_CSUM_ERRORS(COUNTER, "IPv4 datagrams with a wrong checksum."),
  NETSTAT_UDP_MEM_ERRORS(COUNTER, "IPv4 datagrams lost for lack of memory."),
  NETSTAT_IP_UNKNOWN_PROTOS(COUNTER, "IPv4 packets of a protocol that nobody handles."),

  // kernel counters of UDP and IP, IPv6 only
  NETSTAT_UDP6_IN_DATAGRAMS(COUNTER, "IPv6 datagrams delivered."),
  NETSTAT_UDP6_OUT_DATAGRAMS(COUNTER, "IPv6 datagrams sent."),
  NETSTAT_UDP6_NO_PORTS(COUNTER, "IPv6 datagrams to a port where nobody listens."),
  NETSTAT_UDP6_IN_ERRORS(COUNTER, "IPv6 datagrams that could not be delivered."),
  NETSTAT_UDP6_RCVBUF_ERRORS(COUNTER, "IPv6 datagrams lost at a full receive buffer."),
  NETSTAT_UDP6_SNDBUF_ERRORS(COUNTER, "IPv6 datagrams lost at a full send buffer."),
  NETSTAT_UDP6_IN_CSUM_ERRORS(COUNTER, "IPv6 datagrams with a wrong checksum."),
  NETSTAT_UDP6_MEM_ERRORS(COUNTER, "IPv6 datagrams lost for lack of memory."),
  NETSTAT_IP6_UNKNOWN_PROTOS(COUNTER, "IPv6 packets of a protocol that nobody handles."),

  // the host as a whole
  HOST(
      INFO,
      "The host and what runs it.",
      "hostname",
      "os",
      "platform",
      "platform_version",
      "kernel_version",
      "kernel_arch",
      "version"),
  UPTIME_SECONDS(GAUGE, "Time since the host booted."),
  BOOT_TIME_SECONDS(GAUGE, "When the host booted, in seconds since 1970."),
  CPU_SECONDS(COUNTER, "Time of a processor by what it was spent on.", "cpu", "mode"),
  CPU_CORES(GAUGE, "Processors that are online."),
  LOAD_AVERAGE(GAUGE, "Load average of the host.", "interval"),
  MEMORY_BYTES(GAUGE, "Memory of the host.", "type"),
  SWAP_BYTES(GAUGE, "Swap space of the host.", "type"),
  SWAP_IO_BYTES(COUNTER, "Bytes moved between memory and swap space.", "direction"),
  CONTEXT_SWITCHES(COUNTER, "Context switches."),
  FORKS(COUNTER, "Processes and threads begun."),
  PROCS(GAUGE, "Processes that run or wait for a device.", "state"),
  FILE_DESCRIPTORS(GAUGE, "Open files of the host."),
  FILE_DESCRIPTORS_LIMIT(GAUGE, "Most files that the host may have open."),
  PRESSURE_STALLED_SECONDS(COUNTER, "Time lost in waiting for a resource.", "resource", "share"),

  // disks and file systems
  DISK_READ_BYTES(COUNTER, "Bytes read from a disk.", "device"),
  DISK_WRITE_BYTES(COUNTER, "Bytes written to a disk.", "device"),
  DISK_READ_OPS(COUNTER, "Reads that a disk completed.", "device"),
  DISK_WRITE_OPS(COUNTER, "Writes that a disk completed.", "device"),
  DISK_READ_TIME_SECONDS(COUNTER, "Time that reads from a disk took.", "device"),
  DISK_WRITE_TIME_SECONDS(COUNTER, "Time that writes to a disk took.", "device"),
  DISK_IO_TIME_SECONDS(COUNTER, "Time that a disk was busy.", "device"),
  DISK_IO_TIME_WEIGHTED_SECONDS(COUNTER, "Busy time of a disk times its requests.", "device"),
  DISK_IO_IN_PROGRESS(GAUGE, "Requests that a disk is working on.", "device"),
  FILESYSTEM_BYTES(GAUGE, "Space of a file system.", "mountpoint", "device", "fstype", "type"),
  FILESYSTEM_INODES(GAUGE, "Inodes of a file system.", "mountpoint", "type"),
  FILESYSTEM_READONLY(GAUGE, "1 for a file system that is mounted read-only.", "mountpoint"),
  FILESYSTEM_STUCK(GAUGE, "1 for a file system that does not answer.", "mountpoint"),

  // interfaces
  NETWORK(
      INFO, "An interface and its settings.", "interface", "mac", "address", "mtu", "operstate"),
  NETWORK_BYTES(COUNTER, "Bytes through an interface.", "interface", "direction"),
  NETWORK_PACKETS(COUNTER, "Packets through an interface.", "interface", "direction"),
  NETWORK_ERRORS(COUNTER, "Packets in error at an interface.", "interface", "direction"),
  NETWORK_DROPS(COUNTER, "Packets dropped at an interface.", "interface", "direction"),
  NETWORK_SPEED_BYTES(GAUGE, "Speed of an interface in bytes per second.", "interface"),
  NETWORK_CARRIER_CHANGES(COUNTER, "Times that an interface lost or found its link.", "interface"),

  // processes, by group
  PROCESS_CPU_SECONDS(COUNTER, "Processor time of a group.", "group"),
  PROCESS_DISK_READ_BYTES(COUNTER, "Bytes that a group read from disks.", "group"),
  PROCESS_DISK_WRITE_BYTES(COUNTER, "Bytes that a group wrote to disks.", "group"),
  PROCESS_DISK_READ_OPS(COUNTER, "Read calls of a group.", "group"),
  PROCESS_DISK_WRITE_OPS(COUNTER, "Write calls of a group.", "group"),
  PROCESS_MAJOR_PAGE_FAULTS(COUNTER, "Page faults of a group that needed a disk.", "group"),
  PROCESS_MEMORY_BYTES(GAUGE, "Memory of a group.", "group", "type"),
  PROCESS_NUM_PROCS(GAUGE, "Processes of a group.", "group"),
  PROCESS_THREADS(GAUGE, "Threads of a group.", "group"),
  PROCESS_OPEN_FDS(GAUGE, "Open descriptors of a group.", "group"),
  PROCESS_WORST_FD_RATIO(GAUGE, "Descriptors over their limit, at the worst process.", "group"),
  PROCESS_ROOT_PROCS(GAUGE, "Processes of a group that run as root.", "group"),
  PROCESS_STATES(GAUGE, "Processes of the host by state.", "state"),

  // socket memory and connection tracking
  SOCKSTAT_SOCKETS(GAUGE, "Sockets of the host.", "protocol", "state"),
  SOCKSTAT_MEMORY_BYTES(GAUGE, "Memory of the host's sockets.", "protocol"),
  SOCKSTAT_TCP_MEMORY_LIMIT_BYTES(GAUGE, "Most memory that TCP may use."),
  SOCKSTAT_TCP_ORPHAN_LIMIT(GAUGE, "Most TCP sockets without a process."),
  SOCKSTAT_TCP_TW_LIMIT(GAUGE, "Most TCP sockets in TIME_WAIT."),
  CONNTRACK_ENTRIES(GAUGE, "Connections that the kernel tracks."),
  CONNTRACK_LIMIT(GAUGE, "Most connections that the kernel tracks."),

  // the collectors themselves
  COLLECTOR_SCRAPE_DURATION_SECONDS(GAUGE, "Time of a collector's last run.", "collector"),
  COLLECTOR_SCRAPE_PANICS(COUNTER, "Runs of a collector that ended in a bug.", "collector"),
  COLLECTOR_CONFIG_WARNINGS(COUNTER, "Settings or surroundings that limit a collector.", "kind");

  private static final String PREFIX = "gatehouse_";

  /** Of names that another program gave, and dashboards still ask for. */
  private static final String FOREIGN = "pyrycode_";

  private final MetricType type;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> labels;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<Double> buckets;

  Metric(MetricType type, String help, String... labels) {
    this(type, List.of(), help, labels);
  }

  Metric(Buckets buckets, String help, String... labels) {
    this(HISTOGRAM, buckets.bounds(), help, labels);
  }

  Metric(MetricType type, List<Double> buckets, String help, String... labels) {
    this.type = type;
    this.buckets = buckets;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** The name without the suffix of its type, as the official client wants it. */
  public String baseName() {
    String name = name().toLowerCase(Locale.ROOT);
    return name.startsWith(FOREIGN) ? name : PREFIX + name;
  }

  /** The name as Prometheus shows it. */
  public String fullName() {
    return baseName() + type.suffix();
  }

  public MetricType type() {
    return type;
  }

  /** One sentence. */
  public String help() {
    return help;
  }

  /** The label names, in the order in which samples give their values. */
  public List<String> labels() {
    return labels;
  }

  /** The upper bounds of a histogram's buckets, rising; empty for any other type. */
  public List<Double> buckets() {
    return buckets;
  }
}
