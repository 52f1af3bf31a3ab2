/**
 * The control plane over the features' views: gRPC on a Unix socket. Start with {@link
 * dev.gatehouse.control.ServerView} and {@link dev.gatehouse.control.ControlServer}.
 */
@NullMarked
package dev.gatehouse.control;

import org.jspecify.annotations.NullMarked;
