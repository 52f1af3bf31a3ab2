/**
 * Hashes with a key, for what strangers may choose; start with {@link
 * dev.gatehouse.tracker.hash.SipHash} (<a href="https://www.aumasson.jp/siphash/siphash.pdf">its
 * paper</a>).
 */
@NullMarked
package dev.gatehouse.tracker.hash;

import org.jspecify.annotations.NullMarked;
