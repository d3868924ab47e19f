import { mount } from "svelte";
import App from "./App.svelte";
import "./frame/theme.css";

const place = document.getElementById("app");
if (!place) throw new Error("index.html has no place for the console");
mount(App, { target: place });
