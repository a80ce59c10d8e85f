/**
 * The Kibana Query Language: parsed, checked against the fields of the stored documents, and
 * bounded in size and depth before it reaches a store.
 */
@NullMarked
package com.astrobookings.logs.store.kql;

import org.jspecify.annotations.NullMarked;
