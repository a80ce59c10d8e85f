/**
 * The event store on Elasticsearch; the only package that uses its client. Indices are named by the
 * month of the event, so that an event that is sent again is always compared with its stored copy.
 */
@NullMarked
package com.astrobookings.logs.elastic;

import org.jspecify.annotations.NullMarked;
