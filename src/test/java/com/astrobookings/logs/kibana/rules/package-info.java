/** When the alert rules fire, run on Elasticsearch. */
@NullMarked
package com.astrobookings.logs.kibana.rules;

import org.jspecify.annotations.NullMarked;
