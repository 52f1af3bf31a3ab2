/** The commands about the BitTorrent tracker. */
@NullMarked
package dev.gatehouse.cli.tracker;

import org.jspecify.annotations.NullMarked;
