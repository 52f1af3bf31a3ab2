package dev.gatehouse.net.sockets;

/** Whether an IPv6 socket refuses IPv4 traffic. */
public enum V6Only {
  UNKNOWN,
  YES,
  NO
}
