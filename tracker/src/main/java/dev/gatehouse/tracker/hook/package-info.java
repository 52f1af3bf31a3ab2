/**
 * What operators choose to happen before and after each answer; start with {@link
 * dev.gatehouse.tracker.hook.Hook} and {@link dev.gatehouse.tracker.hook.HookChain}.
 */
@NullMarked
package dev.gatehouse.tracker.hook;

import org.jspecify.annotations.NullMarked;
