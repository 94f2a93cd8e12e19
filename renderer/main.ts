/** Starts the window: connects to the host, then shows the app. */
import './app.css';
import './forced-colors.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { createHost } from './host/create-host';
import { installIdle } from './lib/idle';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');

const host = createHost();
installIdle(host);
mount(App, { target, props: { host } });
