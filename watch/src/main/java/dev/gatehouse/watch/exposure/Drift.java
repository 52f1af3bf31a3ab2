package dev.gatehouse.watch.exposure;

import java.time.Instant;
import java.util.Optional;

/**
 * One difference between what was found and what was expected.
 *
 * @param listener what was found; empty for a missing one
 * @param expected the entry concerned, as text; empty if there is none
 * @param since when it was first seen
 * @param remedy what the operator can do
 */
public record Drift(
    DriftKind kind, Optional<Listener> listener, String expected, Instant since, String remedy) {}
