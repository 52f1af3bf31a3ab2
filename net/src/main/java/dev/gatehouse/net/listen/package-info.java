/**
 * Listening sockets, and the steps that every accepted connection passes before a service sees it;
 * start with {@link dev.gatehouse.net.listen.Listener} and {@link
 * dev.gatehouse.net.listen.AdmissionPath}.
 */
@NullMarked
package dev.gatehouse.net.listen;

import org.jspecify.annotations.NullMarked;
