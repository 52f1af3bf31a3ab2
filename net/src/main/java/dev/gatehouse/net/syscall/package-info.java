/**
 * The one home of calls into the C library, with the error number as a value; start with {@link
 * dev.gatehouse.net.syscall.NativeAccess} and {@link dev.gatehouse.net.syscall.SocketLinks}.
 *
 * <p>A class of handles ({@code …Calls}) has the functions of one subject; a door gives them a
 * meaning and owns the native memory. Numbers and offsets hold for 64-bit Linux, x86-64 and
 * aarch64. None is linked as critical: every one of them may block. Such a call pins the carrier of
 * a virtual thread, so callers bring a platform thread.
 */
@NullMarked
package dev.gatehouse.net.syscall;

import org.jspecify.annotations.NullMarked;
