package dev.gatehouse.net.listen;

import dev.gatehouse.kernel.address.Endpoint;
import java.time.Duration;

/**
 * What a listener is told.
 *
 * @param key where the configuration names it, for errors: {@code ops.listen}
 * @param service the word for its service in metrics
 * @param endpoint where it listens; {@code [::]} takes both families, port 0 any free one
 * @param backlog how many connections may wait in the kernel to be accepted
 * @param maxConnections the most at a time; 0 is no limit
 * @param drain how long connections may finish when the listener closes
 */
public record ListenerSettings(
    String key,
    String service,
    Endpoint endpoint,
    int backlog,
    int maxConnections,
    Duration drain) {}
