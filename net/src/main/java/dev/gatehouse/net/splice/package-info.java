/**
 * Joins two sockets in the kernel, so that what one peer sends reaches the other without passing
 * through the JVM; start with {@link dev.gatehouse.net.splice.SpliceRelay}, and read the rules of
 * <a href="https://man7.org/linux/man-pages/man2/splice.2.html">splice(2)</a> in {@code
 * SplicePump}.
 */
@NullMarked
package dev.gatehouse.net.splice;

import org.jspecify.annotations.NullMarked;
