/**
 * Wakes of devices by Firebase Cloud Messaging, without any content; start with {@link
 * dev.gatehouse.relay.push.Waker}.
 */
@NullMarked
package dev.gatehouse.relay.push;

import org.jspecify.annotations.NullMarked;
