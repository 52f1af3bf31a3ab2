/**
 * Text files of the kernel, read as bytes; start with {@link
 * dev.gatehouse.watch.procfs.KernelFiles} and {@link dev.gatehouse.watch.procfs.TextCursor}.
 */
@NullMarked
package dev.gatehouse.watch.procfs;

import org.jspecify.annotations.NullMarked;
