package dev.gatehouse.watch.exposure;

/**
 * How full a listening socket is; −1 where unknown.
 *
 * @param length TCP: connections that wait to be accepted; UDP: bytes that wait to be read
 * @param limit TCP: the most that may wait; UDP: the size of the receive buffer in bytes
 * @param drops datagrams dropped at a UDP socket
 */
public record Queues(long length, long limit, long drops) {}
