package dev.gatehouse.proxy.http.forward;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.wire.http.Fields;

/**
 * A request's fields, and what is known of its client.
 *
 * @param fields those that travel on, with those that tell of the client
 * @param client the best address of it; where it is not that of the connection, the firewall is
 *     asked again
 * @param requestId the same for the backend, the log and the client
 * @param hopByHop how many fields were dropped that end here
 * @param spoofed how many fields were dropped that the client may not send
 */
public record Forwarding(
    Fields fields, IpAddress client, String requestId, int hopByHop, int spoofed) {}
