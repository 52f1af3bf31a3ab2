/**
 * What the kernel tells of one process; start with {@link dev.gatehouse.watch.process.ProcessFiles}
 * and {@link dev.gatehouse.watch.process.ProcessName}.
 */
@NullMarked
package dev.gatehouse.watch.process;

import org.jspecify.annotations.NullMarked;
