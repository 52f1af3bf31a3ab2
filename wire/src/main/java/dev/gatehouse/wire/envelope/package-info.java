/**
 * The routing envelope of the relay: JSON (<a
 * href="https://datatracker.ietf.org/doc/html/rfc8259">RFC 8259</a>) that is judged and spliced as
 * bytes, never read into a tree; start with {@link dev.gatehouse.wire.envelope.EnvelopeReader} and
 * {@link dev.gatehouse.wire.envelope.EnvelopeWriter}.
 *
 * <p>A message arrives whole, so nothing here is incomplete: what ends too early is malformed. The
 * readers are made once and used for every message, since a value for each would be garbage at the
 * rate of the traffic.
 */
@NullMarked
package dev.gatehouse.wire.envelope;

import org.jspecify.annotations.NullMarked;
