/** Tails under load, with everything restarted that can be. */
package com.astrobookings.logs.tail;
