package dev.gatehouse.watch.host.network;

import dev.gatehouse.kernel.metric.Metric;
import java.util.List;

/**
 * A counter that the kernel's network stack keeps, by the names that {@code /proc/net} gives it.
 *
 * @param protocol the heading of its line; empty in {@code snmp6}, whose names say it themselves
 */
record KernelCounter(String protocol, String field, Metric metric) {

  /** Those of {@code snmp} and {@code netstat}. */
  static final List<KernelCounter> TABLED =
      List.of(
          new KernelCounter("Tcp:", "InSegs", Metric.NETSTAT_TCP_IN_SEGS),
          new KernelCounter("Tcp:", "OutSegs", Metric.NETSTAT_TCP_OUT_SEGS),
          new KernelCounter("Tcp:", "RetransSegs", Metric.NETSTAT_TCP_RETRANSMITS),
          new KernelCounter("Tcp:", "InErrs", Metric.NETSTAT_TCP_IN_ERRS),
          new KernelCounter("Tcp:", "OutRsts", Metric.NETSTAT_TCP_OUT_RSTS),
          new KernelCounter("Tcp:", "ActiveOpens", Metric.NETSTAT_TCP_ACTIVE_OPENS),
          new KernelCounter("Tcp:", "PassiveOpens", Metric.NETSTAT_TCP_PASSIVE_OPENS),
          new KernelCounter("Tcp:", "AttemptFails", Metric.NETSTAT_TCP_ATTEMPT_FAILS),
          new KernelCounter("Tcp:", "EstabResets", Metric.NETSTAT_TCP_ESTAB_RESETS),
          new KernelCounter("Tcp:", "CurrEstab", Metric.NETSTAT_TCP_CURR_ESTAB),
          new KernelCounter("Tcp:", "InCsumErrors", Metric.NETSTAT_TCP_IN_CSUM_ERRORS),
          new KernelCounter("TcpExt:", "ListenOverflows", Metric.NETSTAT_TCP_LISTEN_OVERFLOWS),
          new KernelCounter("TcpExt:", "ListenDrops", Metric.NETSTAT_TCP_LISTEN_DROPS),
          new KernelCounter("TcpExt:", "SyncookiesSent", Metric.NETSTAT_TCP_SYNCOOKIES_SENT),
          new KernelCounter("TcpExt:", "TCPBacklogDrop", Metric.NETSTAT_TCP_BACKLOG_DROP),
          new KernelCounter("TcpExt:", "TCPTimeouts", Metric.NETSTAT_TCP_TIMEOUTS),
          new KernelCounter("TcpExt:", "TCPSynRetrans", Metric.NETSTAT_TCP_SYN_RETRANS),
          new KernelCounter("TcpExt:", "TCPAbortOnMemory", Metric.NETSTAT_TCP_ABORT_ON_MEMORY),
          new KernelCounter("Udp:", "InDatagrams", Metric.NETSTAT_UDP_IN_DATAGRAMS),
          new KernelCounter("Udp:", "OutDatagrams", Metric.NETSTAT_UDP_OUT_DATAGRAMS),
          new KernelCounter("Udp:", "NoPorts", Metric.NETSTAT_UDP_NO_PORTS),
          new KernelCounter("Udp:", "InErrors", Metric.NETSTAT_UDP_IN_ERRORS),
          new KernelCounter("Udp:", "RcvbufErrors", Metric.NETSTAT_UDP_RCVBUF_ERRORS),
          new KernelCounter("Udp:", "SndbufErrors", Metric.NETSTAT_UDP_SNDBUF_ERRORS),
          new KernelCounter("Udp:", "InCsumErrors", Metric.NETSTAT_UDP_IN_CSUM_ERRORS),
          new KernelCounter("Udp:", "MemErrors", Metric.NETSTAT_UDP_MEM_ERRORS),
          new KernelCounter("Ip:", "InUnknownProtos", Metric.NETSTAT_IP_UNKNOWN_PROTOS));

  /** Those of {@code snmp6}. */
  static final List<KernelCounter> LISTED =
      List.of(
          new KernelCounter("", "Udp6InDatagrams", Metric.NETSTAT_UDP6_IN_DATAGRAMS),
          new KernelCounter("", "Udp6OutDatagrams", Metric.NETSTAT_UDP6_OUT_DATAGRAMS),
          new KernelCounter("", "Udp6NoPorts", Metric.NETSTAT_UDP6_NO_PORTS),
          new KernelCounter("", "Udp6InErrors", Metric.NETSTAT_UDP6_IN_ERRORS),
          new KernelCounter("", "Udp6RcvbufErrors", Metric.NETSTAT_UDP6_RCVBUF_ERRORS),
          new KernelCounter("", "Udp6SndbufErrors", Metric.NETSTAT_UDP6_SNDBUF_ERRORS),
          new KernelCounter("", "Udp6InCsumErrors", Metric.NETSTAT_UDP6_IN_CSUM_ERRORS),
          new KernelCounter("", "Udp6MemErrors", Metric.NETSTAT_UDP6_MEM_ERRORS),
          new KernelCounter("", "Ip6InUnknownProtos", Metric.NETSTAT_IP6_UNKNOWN_PROTOS));
}
