/** What tests of several packages share. */
package com.astrobookings.logs.testing;
