/**
 * The free-text language: a small reader of the Kibana Query Language that knows the fields of the
 * stored documents. It bounds what may reach the store, explains what is wrong with it in plain
 * words, and states what is right without ambiguity.
 */
@NullMarked
package com.astrobookings.logs.store.kql;

import org.jspecify.annotations.NullMarked;
