package dev.gatehouse.client.tracker;

/**
 * One thing that a probe looked at.
 *
 * @param detail what it found
 */
public record ProbeCheck(String name, boolean passed, String detail) {}
