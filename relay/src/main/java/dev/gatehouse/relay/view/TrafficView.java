package dev.gatehouse.relay.view;

/** What the relay has forwarded since its start. */
public record TrafficView(
    long messagesToBinaries, long bytesToBinaries, long messagesToPhones, long bytesToPhones) {}
