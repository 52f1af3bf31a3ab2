package dev.gatehouse.net.sockets;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;

/**
 * One socket as the kernel describes it.
 *
 * @param family of the socket: one bound to a mapped address is IPv6
 * @param localAddress as bound; a mapped address is kept mapped
 * @param interfaceIndex the device to which the socket is bound, 0 for none
 * @param cookie the kernel's number of this socket, never reused; 0 if unknown
 * @param uid of the socket, unsigned 32 bits
 * @param inode unsigned 32 bits; 0 for a socket without a file
 * @param receiveQueue of a listener: connections that wait to be accepted; of UDP: bytes
 * @param sendQueue of a listener: the limit of its accept queue, −1 if unknown; of UDP: bytes
 * @param cgroupId the cgroup v2 folder in which the socket was created; 0 if unknown
 * @param drops datagrams dropped at a UDP socket; −1 if unknown
 * @param receiveBuffer size of a UDP socket's receive buffer in bytes; −1 if unknown
 */
public record SocketRow(
    Protocol protocol,
    AddressFamily family,
    SocketState state,
    IpAddress localAddress,
    int localPort,
    IpAddress remoteAddress,
    int remotePort,
    int interfaceIndex,
    long cookie,
    long uid,
    long inode,
    long receiveQueue,
    long sendQueue,
    V6Only v6Only,
    long cgroupId,
    boolean transparent,
    long drops,
    long receiveBuffer) {}
