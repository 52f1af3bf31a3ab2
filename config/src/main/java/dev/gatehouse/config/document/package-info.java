/**
 * What was declared and what came of it, written for people and machines; start with {@link
 * dev.gatehouse.config.document.Declaration} and {@link dev.gatehouse.config.document.JsonSchema}.
 */
@NullMarked
package dev.gatehouse.config.document;

import org.jspecify.annotations.NullMarked;
