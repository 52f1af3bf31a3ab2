package dev.gatehouse.control;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the control plane answers, and to whom.
 *
 * @param group the socket's group; empty for the daemon's own
 * @param shutdownTimeout how long running calls may take to end at {@code close}
 */
public record ControlSettings(
    Path socket, ControlMode mode, String group, Duration shutdownTimeout) {}
