/** What is written for Kibana: that the files are sound, and that they are loaded or refused. */
@NullMarked
package com.astrobookings.logs.kibana;

import org.jspecify.annotations.NullMarked;
