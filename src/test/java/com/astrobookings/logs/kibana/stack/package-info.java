/** The whole stack in containers: its files and scripts, as far as they can be tried without it. */
@NullMarked
package com.astrobookings.logs.kibana.stack;

import org.jspecify.annotations.NullMarked;
