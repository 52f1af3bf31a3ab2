package dev.gatehouse.client.daemon;

/**
 * One thing that differs between a file and the database.
 *
 * @param kind listener, limit, route, policy or firewall
 * @param key what it is about
 * @param inFile what the file has; empty for nothing
 * @param inStore what the database has; empty for nothing
 */
public record ConfigChange(String kind, String key, String inFile, String inStore) {}
