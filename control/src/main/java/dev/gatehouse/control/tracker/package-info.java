/** The calls about the tracker. */
@NullMarked
package dev.gatehouse.control.tracker;

import org.jspecify.annotations.NullMarked;
