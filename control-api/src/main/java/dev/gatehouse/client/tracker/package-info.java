/** What the tracker knows and what operators have decided in it, as plain records. */
@NullMarked
package dev.gatehouse.client.tracker;

import org.jspecify.annotations.NullMarked;
