/**
 * Hooks that let some clients and some torrents in and others not; start with {@link
 * dev.gatehouse.tracker.hook.approval.ClientApprovalHook} and {@link
 * dev.gatehouse.tracker.hook.approval.TorrentApprovalHook}.
 */
@NullMarked
package dev.gatehouse.tracker.hook.approval;

import org.jspecify.annotations.NullMarked;
