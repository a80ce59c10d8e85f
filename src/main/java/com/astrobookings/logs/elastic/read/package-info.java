/** Reading: questions translated for Elasticsearch and its answers translated back. */
@NullMarked
package com.astrobookings.logs.elastic.read;

import org.jspecify.annotations.NullMarked;
