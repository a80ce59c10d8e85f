/** Tests of the console: its files over HTTP, and the page in a real browser. */
package com.astrobookings.logs.console;
