/**
 * The store on Elasticsearch: translates questions and answers, and alone knows the client. Indices
 * are named by the month of the event, so that the same event always meets its earlier copy.
 */
@NullMarked
package com.astrobookings.logs.elastic;

import org.jspecify.annotations.NullMarked;
