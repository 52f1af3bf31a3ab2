package dev.gatehouse.client.proxy;

/**
 * Something that is allowed but probably not meant.
 *
 * @param field the path of the field; empty for the whole
 */
public record Warning(String field, String text) {}
