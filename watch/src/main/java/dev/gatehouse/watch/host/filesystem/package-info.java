/**
 * Space of the mounted file systems, with hanging ones set apart; start with {@link
 * dev.gatehouse.watch.host.filesystem.FilesystemPass} and {@link
 * dev.gatehouse.watch.host.filesystem.MountTable}.
 */
@NullMarked
package dev.gatehouse.watch.host.filesystem;

import org.jspecify.annotations.NullMarked;
