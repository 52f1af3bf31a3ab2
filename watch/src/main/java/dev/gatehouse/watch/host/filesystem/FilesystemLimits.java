package dev.gatehouse.watch.host.filesystem;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * What a pass looks at and how long it waits.
 *
 * @param timeout after which a file system that has not answered is stuck
 */
public record FilesystemLimits(
    Duration timeout, Predicate<String> ignoredType, Predicate<String> ignoredMountPoint) {}
