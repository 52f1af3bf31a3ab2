package dev.gatehouse.client.tracker;

import java.time.Duration;

/**
 * Somebody in a swarm.
 *
 * @param address with its port
 * @param client its software
 * @param age since it announced itself last
 */
public record SwarmPeer(String address, String client, boolean seeder, Duration age) {}
