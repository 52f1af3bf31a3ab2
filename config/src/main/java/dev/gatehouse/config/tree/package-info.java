/**
 * TOML and YAML as one tree whose every value knows its line; start with {@link
 * dev.gatehouse.config.tree.Node} and {@link dev.gatehouse.config.tree.TreeReader}.
 */
@NullMarked
package dev.gatehouse.config.tree;

import org.jspecify.annotations.NullMarked;
