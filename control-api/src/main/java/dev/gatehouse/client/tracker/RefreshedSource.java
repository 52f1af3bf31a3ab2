package dev.gatehouse.client.tracker;

/**
 * What became of reading the source of a hook.
 *
 * @param entries that the hook goes by now
 * @param failure why it could not be read; empty if it could
 */
public record RefreshedSource(String hook, long entries, String failure) {}
