/** Readings of many pages on a cluster that goes on writing. */
package com.astrobookings.logs.paging;
