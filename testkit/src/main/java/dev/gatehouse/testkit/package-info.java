/**
 * What the tests of every module share: a clock moved by hand, bytes written as hex, and guards
 * against leaks and stray log lines; start with {@link dev.gatehouse.testkit.LogGuard} and {@link
 * dev.gatehouse.testkit.Await}.
 */
@NullMarked
package dev.gatehouse.testkit;

import org.jspecify.annotations.NullMarked;
